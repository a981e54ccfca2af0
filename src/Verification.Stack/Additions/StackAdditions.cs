using Verification.Objectives;
using Verification.Stack.Certificates;
using Verification.Stack.Components;
using Verification.Stack.Components.Watching;
using Verification.Stack.Jobs;
using Verification.Stack.Readiness;
using Verification.Stack.Runs;

namespace Verification.Stack.Additions;

/// <summary>Starts further instances beside a running stack: in its network, from its images, with its configuration and credentials,
/// on loopback host ports. They carry the labels of the run that measures, so they go with it however it ends.</summary>
public sealed class StackAdditions
{
    private readonly AttachedStack stack;
    private readonly SystemUnderTest sut;
    private readonly RunFolder run;
    private readonly Dictionary<string, string> labels;

    internal StackAdditions(AttachedStack stack, SystemUnderTest sut, RunFolder run)
    {
        this.stack = stack;
        this.sut = sut;
        this.run = run;
        labels = RunLabels.Of(run, kept: false);
    }

    /// <summary>Why nothing can be added; null where it can.</summary>
    public string? Unavailable =>
        stack.Description is { Destructive: true, Provider: StackProvider.Docker }
            ? null
            : "instances are added only beside a stack that the suite has started itself, in containers";

    /// <summary>The network of the stack in the engine.</summary>
    public string Network => RunLabels.NameOf(RunLabels.Of(stack.Folder, kept: false));

    /// <summary>Starts what is no part of the stack, and belongs to the same run.</summary>
    public RunJobs Jobs => new(stack.Engine, run);

    /// <summary>Starts an instance.</summary>
    /// <param name="addition">What to start.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">Nothing can be added: <see cref="Unavailable"/> tells why.</exception>
    /// <exception cref="StartException">It did not come up: with what was awaited and its log tail.</exception>
    public async Task<AddedInstance> StartAsync(Addition addition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(addition);
        RequireOwnStack();
        using var ports = new PortLease();
        var component = Component(addition, ports);
        if (!addition.AwaitReady || addition.Command is not null)
            component.Ready.Waive();
        try
        {
            await component.StartAsync(cancellationToken).ConfigureAwait(false);
            return new AddedInstance(component.Describe(), stack.Engine, run);
        }
        catch
        {
            await AddedInstance.RemoveAsync(stack.Engine, run, addition.Name, InThisRun(addition.Name)).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts instances of a role side by side, and has them take the step that makes one of them: nodes become a
    /// cluster.</summary>
    /// <param name="role">What they are.</param>
    /// <param name="names">Their names, as nothing else has them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">Nothing can be added: <see cref="Unavailable"/> tells why.</exception>
    /// <exception cref="StartException">One did not come up: with what was awaited and its log tail.</exception>
    public async Task<AddedGroup> StartTogetherAsync(Role role, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        RequireOwnStack();
        using var ports = new PortLease();
        var group = names.Select(name => Component(new Addition(role, name), ports)).ToList();
        try
        {
            await Task.WhenAll(group.Select(component => component.StartAsync(cancellationToken))).ConfigureAwait(false);
            if (stack.ComponentOf(role).Together is { } step)
                await step.RunAsync(group, stack.Secrets, cancellationToken).ConfigureAwait(false);
            return new AddedGroup([.. group.Select(component => new AddedInstance(component.Describe(), stack.Engine, run))]);
        }
        catch
        {
            foreach (var name in names)
                await AddedInstance.RemoveAsync(stack.Engine, run, name, InThisRun(name)).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes a volume of a limited size.</summary>
    /// <param name="role">Role of the instance that is to use it: its image lends the tools to fill it.</param>
    /// <param name="name">Its name, as nothing else has it.</param>
    /// <param name="mebibytes">Its size in MiB.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">Nothing can be added: <see cref="Unavailable"/> tells why.</exception>
    public async Task<SmallVolume> VolumeAsync(Role role, string name, int mebibytes, CancellationToken cancellationToken)
    {
        RequireOwnStack();
        var volume = InThisRun(name);
        await SmallVolume.CreateAsync(stack.Engine, volume, mebibytes, labels, cancellationToken).ConfigureAwait(false);
        var keeper = new Addition(role, $"{name}-keeper")
        {
            Command = ["sleep", "infinity"],
            Volumes = new Dictionary<string, string>(StringComparer.Ordinal) { [SmallVolume.Mount] = volume },
        };
        return new SmallVolume(volume, await StartAsync(keeper, cancellationToken).ConfigureAwait(false), stack.Control, stack.Engine);
    }

    /// <summary>Makes an empty volume on the engine's disk.</summary>
    /// <param name="name">Its name, as nothing else has it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">Nothing can be added: <see cref="Unavailable"/> tells why.</exception>
    public async Task<DiskVolume> DiskAsync(string name, CancellationToken cancellationToken)
    {
        RequireOwnStack();
        return await DiskVolume.CreateAsync(stack.Engine, InThisRun(name), labels, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The folder inside in which an instance of a role keeps its data: a volume mounted there is its disk.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The role keeps none.</exception>
    public string DataFolder(Role role) =>
        stack.ComponentOf(role).DataFolder ?? throw new ArgumentOutOfRangeException(nameof(role), role, "keeps no data");

    /// <summary>The authority of the stack, whom its services trust: it issues certificates for further brokers.</summary>
    /// <exception cref="InvalidOperationException">Nothing can be added: <see cref="Unavailable"/> tells why.</exception>
    public CertificateAuthority OpenAuthority()
    {
        RequireOwnStack();
        return CertificateAuthority.OpenOf(stack.Folder);
    }

    private StackComponent Component(Addition addition, PortLease ports)
    {
        var component = stack.ComponentOf(addition.Role);
        var place = new InstancePlace(
            addition.Name,
            new ExistingNetwork(Network),
            labels,
            component.Ports.ToDictionary(port => port, _ => ports.Take())
        )
        {
            Addition = addition,
        };
        var around = new Surroundings(
            new ProjectRoot(stack.Description.Project),
            stack.Folder,
            stack.Secrets,
            sut,
            role => [.. stack.Description.Instances.ThatServe(role).Select(instance => instance.Name)]
        )
        {
            Broker = stack.Description.Broker,
            InstancesOf = role => [.. stack.Instances(role).Select(instance => instance.Name)],
            Lapse = TimeLapse.OfTests,
        };
        return component.Build(
            place,
            addition.Image ?? stack.Description.Components.Single(each => each.Role == component.Name).Image,
            around
        );
    }

    private string InThisRun(string name) => $"{RunLabels.NameOf(labels)}-{name}";

    private void RequireOwnStack()
    {
        if (Unavailable is { } reason)
            throw new InvalidOperationException(reason);
    }
}
