"""The transport: requests, responses, headers and status codes. The results come from elsewhere."""
