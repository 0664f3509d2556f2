using Aios.Cli;

return AiosCommand.Run(args);
