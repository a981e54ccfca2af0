using Verification.Stack;
using Verification.Tests.Unit.Objectives;

namespace Verification.Tests.Unit.Chaos;

/// <summary>A stack of which there is a description and a scripted control.</summary>
internal static class DescribedStack
{
    /// <summary>Id of the run that started it.</summary>
    public const string Run = "20261126-100000-aaaa";

    /// <summary>Attaches to a stack with a database, a broker and both services.</summary>
    public static Task<AttachedStack> AttachAsync(
        OwnFolder folder,
        RunningInstances control,
        bool destructive,
        CancellationToken cancellationToken,
        params IReadOnlyList<StackInstance> more
    )
    {
        var file = folder.In("stack.json");
        StackFile.Write(
            file,
            StackFile.Read(Files.Golden("stack.json")) with
            {
                Run = Run,
                Provider = StackProvider.Kubernetes,
                Destructive = destructive,
                Capabilities = [],
                Instances =
                [
                    Instance("mysql", InstanceRole.Mysql),
                    Instance("dashboard", InstanceRole.Dashboard),
                    Instance("server", InstanceRole.Server),
                    Instance("activemq", InstanceRole.Broker),
                    .. more,
                ],
                Credentials = new Dictionary<string, string>(),
            }
        );
        return AttachedStack.AttachAsync(file, [control], cancellationToken);
    }

    /// <summary>A further instance. Where a service would be reached there is nothing.</summary>
    public static StackInstance Instance(string name, Role role) =>
        new(name, role, name, new Dictionary<string, string> { ["8080"] = "127.0.0.1:1" }, string.Empty);
}
