"""What stands before the application, one concern a file. Nothing here knows what is asked."""
