"""What is done about transfers, and what else belongs on the timeline."""
