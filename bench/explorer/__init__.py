"""The explorer in a browser, on generated data, beside a page that only draws."""
