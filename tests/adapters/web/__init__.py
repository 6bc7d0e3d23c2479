"""The web chat and the web server, over real sockets."""
