"""An index kept in an OpenSearch cluster, for more passages than one machine has room for."""
