"""How the outside is reached: one folder a neighbour, one third-party package a folder."""
