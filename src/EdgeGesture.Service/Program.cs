using EdgeGesture.Service.Commands;

return CommandLine.Run(args);
