"""The lake: what Spark reads and leaves, as Parquet beside a home's databases."""
