"""The vocabulary of MEDLINE, which PubMed's tagged display and its XML share."""
