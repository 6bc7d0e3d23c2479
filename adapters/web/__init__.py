"""The web chat and the web server: HTTP and WebSocket, both by aiohttp."""
