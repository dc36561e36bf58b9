"""The HTTPS interface: routes, bodies, problems, the authorizer and the OpenAPI document (D3, D4, D16)."""
