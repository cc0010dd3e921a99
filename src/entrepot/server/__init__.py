"""The same desk over HTTP and in a browser: `entrepot serve`. No SQL, no arithmetic. See docs/design/49-server.md."""
