"""The comparison of imports with parsing the same file and inserting the same rows."""
