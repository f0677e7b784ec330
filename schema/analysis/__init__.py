"""What analyses take and return beyond records: totals, panels, networks, positions, paths.

No SQL and no GraphQL: both are derived from what stands here.
"""
