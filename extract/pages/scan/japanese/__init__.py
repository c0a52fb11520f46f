"""What is known of Japanese characters and words: how likely a reading is, and which of two look alike."""
