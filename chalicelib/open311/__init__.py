"""Open311 GeoReport v2: tickets as other systems report and read them."""
