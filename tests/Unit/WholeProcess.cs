using Xunit;

namespace Verification.Tests.Unit;

/// <summary>Tests that change or watch what all of the process shares (variables, exceptions that nobody observed): they run
/// alone.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;
