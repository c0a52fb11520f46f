"""The picture of a scanned page -> upright, straight, even in tone, without dirt, and its ink."""
