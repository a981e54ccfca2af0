namespace Verification.Tests.Unit.Gate;

/// <summary>A variable of this process, set until disposed.</summary>
internal sealed class SetVariable : IDisposable
{
    private readonly string name;
    private readonly string? before;

    public SetVariable(string name, string value)
    {
        this.name = name;
        before = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose() => Environment.SetEnvironmentVariable(name, before);
}
