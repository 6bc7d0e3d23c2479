"""What happens: playbook, questions, process and decisions, as pure values and functions."""
