"""The library over HTTPS: bundles come in, receipts and lists go out (docs/formats/bundle.md, "Over HTTPS")."""
