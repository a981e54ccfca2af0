using Verification.Recovery.Commands;

return await ProofCommands.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
