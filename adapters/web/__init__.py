"""The web chat and the web server: the only folder that knows Starlette and uvicorn."""
