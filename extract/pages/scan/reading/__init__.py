"""Characters that the recogniser saw -> words: what it doubts is settled by the cell, the column and the page."""
