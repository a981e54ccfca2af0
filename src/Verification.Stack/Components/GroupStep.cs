namespace Verification.Stack.Components;

/// <summary>A step of a start that several instances take together: nodes become a cluster.</summary>
/// <param name="Name">Its name, for progress.</param>
/// <param name="RunAsync">What is done with the instances, each of which answers.</param>
internal sealed record GroupStep(string Name, Func<IReadOnlyList<StackComponent>, Secrets, CancellationToken, Task> RunAsync);
