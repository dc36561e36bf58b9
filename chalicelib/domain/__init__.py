"""The values of the domain: frozen, validated, knowing nothing of storage, clock or network."""
