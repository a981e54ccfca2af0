using System.Reflection;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class ProtectedControlTests
{
    /// <summary>What changes nothing. Every other call is refused, also one that nobody has thought of yet.</summary>
    private static readonly string[] Harmless =
    [
        nameof(IStackControl.LogAsync),
        nameof(IStackControl.StateAsync),
        nameof(IStackControl.EndpointAsync),
        nameof(IStackControl.InsideAsync),
        nameof(IReadsStatistics.StatisticsAsync),
        $"get_{nameof(IWatchesWay.Breaks)}",
    ];

    private static readonly StackInstance Node = new(
        "redis-node-0",
        InstanceRole.Redis,
        "c0",
        new Dictionary<string, string>(),
        string.Empty
    );

    /// <summary>Every call of every interface beside that of the control.</summary>
    public static TheoryData<string> Calls => [.. Interfaces.SelectMany(each => each.GetMethods()).Select(method => method.Name)];

    private static IReadOnlyList<Type> Interfaces { get; } =
    [
        .. typeof(IStackControl)
            .Assembly.GetExportedTypes()
            .Where(type => type.IsInterface && type.Namespace == typeof(IStackControl).Namespace && type != typeof(IStackProvider)),
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Of_a_stack_that_may_not_be_changed_only_what_changes_nothing_is_given(string call)
    {
        var (control, reached) = Watched<IAbleControl>(destructive: false);

        var thrown = Record.Exception(() => Invoke(control, call));

        Assert.Equal(Harmless.Contains(call) ? [call] : [], reached);
        Assert.Equal(Harmless.Contains(call) ? null : typeof(StackProtectedException), thrown?.GetType());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_stack_that_may_be_changed_obeys(string call)
    {
        var (control, reached) = Watched<IAbleControl>(destructive: true);

        Invoke(control, call);

        Assert.Equal([call], reached);
    }

    [Fact]
    public void The_refusal_names_the_stack_and_what_was_refused_and_what_may_be_changed()
    {
        var (control, _) = Watched<IAbleControl>(destructive: false);

        var thrown = Assert.Throws<StackProtectedException>(() =>
        {
            _ = control.KillAsync(Node, CancellationToken.None);
        });

        Assert.Equal(
            "Refused to kill redis-node-0: the stack 20261124-083015-4f2a may not be changed (its stack.json says destructive: false). "
                + "Only a stack that a gate or a test has started for itself, or one started with --destructive, may be.",
            thrown.Message
        );
    }

    [Fact]
    public void A_provider_that_cannot_is_told_from_a_stack_that_may_not_be_changed()
    {
        var (open, _) = Watched<IStackControl>(destructive: true);
        var (closed, _) = Watched<IStackControl>(destructive: false);

        Assert.Equal(
            "The provider of this stack cannot freeze redis-node-0.",
            Assert
                .Throws<CapabilityMissingException>(() =>
                {
                    _ = open.PauseAsync(Node, CancellationToken.None);
                })
                .Message
        );
        Assert.Throws<StackProtectedException>(() =>
        {
            _ = closed.PauseAsync(Node, CancellationToken.None);
        });
        Assert.False(closed is IReadsStatistics);
    }

    [Fact]
    public void A_description_that_says_both_is_refused_at_its_place()
    {
        using var folder = new OwnFolder();
        var text = File.ReadAllText(Files.Golden("stack.json"))
            .Replace("\"destructive\": true", "\"destructive\": false", StringComparison.Ordinal);

        var error = Assert.Throws<DocumentException>(() => StackFile.Read(folder.Holding("stack.json", text)));

        Assert.Contains(
            "stack.json:7:19: 'capabilities' has 'destructive', and 'destructive' is false",
            error.Message,
            StringComparison.Ordinal
        );
    }

    private static (IStackControl Control, List<string> Reached) Watched<T>(bool destructive)
        where T : class, IStackControl
    {
        var inner = DispatchProxy.Create<T, RecordingControl>();
        var description = StackFile.Read(Files.Golden("stack.json")) with { Destructive = destructive };
        return (ProtectedControl.Of(description, inner), ((RecordingControl)(object)inner).Reached);
    }

    private static void Invoke(IStackControl control, string call)
    {
        var method = Interfaces.Select(each => each.GetMethod(call)).OfType<MethodInfo>().Single();
        method.Invoke(control, BindingFlags.DoNotWrapExceptions, null, [.. method.GetParameters().Select(ArgumentOf)], null);
    }

    private static object? ArgumentOf(ParameterInfo parameter) =>
        parameter.ParameterType switch
        {
            var type when type == typeof(StackInstance) => Node,
            var type when type == typeof(IReadOnlyList<string>) => new[] { "sh" },
            { IsValueType: true } type => Activator.CreateInstance(type),
            _ => null,
        };

    /// <summary>A control that can do everything there is.</summary>
    public interface IAbleControl : IStackControl, IFreezes, IPartitions, IReadsStatistics, IWatchesWay;

    /// <summary>Notes what reaches it.</summary>
    public class RecordingControl : DispatchProxy
    {
        public List<string> Reached { get; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Reached.Add(targetMethod!.Name);
            return null;
        }
    }
}
