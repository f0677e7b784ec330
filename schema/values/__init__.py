"""How values are spelled, read, compared and quoted: dates, amounts, addresses, names.

No records and no concepts, but for the columns whose values have one spelling.
"""
