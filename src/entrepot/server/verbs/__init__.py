"""The verbs of the desk over HTTP: what each takes, who may call it, how its answer is sent, and OpenAPI of all."""
