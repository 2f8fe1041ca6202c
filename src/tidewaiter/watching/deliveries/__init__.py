"""The ways in which changes are told.  Each is handed a batch, and raises ``DeliveryError`` when it was not
told; ``is_open`` of that error says that it may have been."""
