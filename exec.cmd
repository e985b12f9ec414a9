@rem For Windows: npm starts scripts that begin with `exec`, which cmd lacks. Elsewhere it makes the shell give its place to
@rem the command, so that a signal to npm reaches the command.
@%*
