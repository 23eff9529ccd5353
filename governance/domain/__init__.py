"""One function per act. Views, commands, tasks, imports and the demo all call these."""
