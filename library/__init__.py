"""The association's side: it enrols desks, takes bundles in, answers with receipts, publishes lists."""
