"""Dates and numbers in Slovene. Django's own start the week on Sunday and pad the day ("03. februar")."""

DATE_FORMAT = "j. F Y"
SHORT_DATE_FORMAT = "j. n. Y"
WEEKDAY_DATE_FORMAT = "l, j. n. Y"
TIME_FORMAT = "G.i"
DATETIME_FORMAT = "j. F Y, G.i"
SHORT_DATETIME_FORMAT = "j. n. Y, G.i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j. F"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = ["%d. %m. %Y", "%d.%m.%Y", "%d. %m. %y", "%d.%m.%y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = ["%d. %m. %Y %H:%M", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
PERCENT_FORMAT = "{}\xa0%"
