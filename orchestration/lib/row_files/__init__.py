"""Files of rows that leave the house: their formats and flavours."""
