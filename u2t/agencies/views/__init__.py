"""What is seen of agencies beside their own page, which brings the stages together and lives in ``home``."""
