"""The legal clock: kinds of petition, dated terms, the calendar and dates that explain themselves.

Pure: dates, calendars and instants come in as arguments. Every date that the product shows as a
legal term comes from here, with its article.
"""
