"""Gateways and sensors by command, beside the lists an import brings; see docs/devices.md."""
