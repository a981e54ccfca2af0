namespace Verification.Gate.Mutants;

/// <summary>A setting of a component's configuration.</summary>
/// <param name="Name">Its name within the file, as <c>acceptor/stomp/protocols</c>.</param>
/// <param name="Without">The text of the file without it: the component's default holds.</param>
internal sealed record ConfigSetting(string Name, string Without);
