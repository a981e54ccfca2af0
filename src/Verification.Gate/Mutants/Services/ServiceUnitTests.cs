using System.Globalization;
using CliWrap;
using Verification.Mutations;

namespace Verification.Gate.Mutants.Services;

/// <summary>The services' own unit tests: what they see never comes to a gate.</summary>
/// <param name="program">The test program, built with the mutated services.</param>
internal sealed class ServiceUnitTests(string program)
{
    // The tests of the services end within seconds; a mutation that hangs one is seen.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    /// <summary>Whether a test fails, or does not end, with a mutation awake; 0 wakes none.</summary>
    public async Task<bool> KillAsync(int mutation, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Deadline);
        try
        {
            var result = await Cli.Wrap(program)
                .WithArguments(["-namespace", "Verification.Tests.Unit.Services", "-stopOnFail", "-noColor"])
                .WithEnvironmentVariables(variables =>
                    variables.Set(MutationScheme.Variable, mutation.ToString(CultureInfo.InvariantCulture))
                )
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(limit.Token)
                .ConfigureAwait(false);
            return result.ExitCode != 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }
}
