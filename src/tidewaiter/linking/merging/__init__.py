"""Transfers: which reported transfers of many documents are one, by the weight of the evidence."""
