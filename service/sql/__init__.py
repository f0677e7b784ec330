"""From a plan to one SQL statement a root field, which returns the JSON text of the answer."""
