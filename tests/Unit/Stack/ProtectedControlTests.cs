using System.Reflection;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class ProtectedControlTests
{
    private static readonly string[] Harmless = [nameof(IStackControl.LogAsync), nameof(IStackControl.StateAsync)];
    private static readonly StackInstance Node = new("redis-node-0", InstanceRole.Redis, "c0", new Dictionary<string, string>(), string.Empty);

    /// <summary>Every call that there is, so that a new one is decided upon.</summary>
    public static TheoryData<string> Calls => [.. typeof(IStackControl).GetMethods().Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Of_a_stack_that_may_not_be_changed_only_states_and_logs_are_given(string call)
    {
        var (control, reached) = Watched(destructive: false);

        var thrown = Record.Exception(() => Invoke(control, call));

        Assert.Equal(Harmless.Contains(call) ? [call] : [], reached);
        Assert.Equal(Harmless.Contains(call) ? null : typeof(StackProtectedException), thrown?.GetType());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_stack_that_may_be_changed_obeys(string call)
    {
        var (control, reached) = Watched(destructive: true);

        Invoke(control, call);

        Assert.Equal([call], reached);
    }

    [Fact]
    public void The_refusal_names_the_stack_and_what_was_refused_and_what_may_be_changed()
    {
        var (control, _) = Watched(destructive: false);

        var thrown = Assert.Throws<StackProtectedException>(() => { _ = control.KillAsync(Node, CancellationToken.None); });

        Assert.Equal(
            "Refused to kill redis-node-0: the stack 20261124-083015-4f2a may not be changed (its stack.json says destructive: false). "
            + "Only a stack that a gate or a test has started for itself, or one started with --destructive, may be.",
            thrown.Message);
    }

    [Fact]
    public void A_description_that_says_both_is_refused_at_its_place()
    {
        using var folder = new OwnFolder();
        var text = File.ReadAllText(Files.Golden("stack.json"))
            .Replace("\"destructive\": true", "\"destructive\": false", StringComparison.Ordinal);

        var error = Assert.Throws<DocumentException>(() => StackFile.Read(folder.Holding("stack.json", text)));

        Assert.Contains("stack.json:7:19: 'capabilities' has 'destructive', and 'destructive' is false", error.Message, StringComparison.Ordinal);
    }

    private static (IStackControl Control, List<string> Reached) Watched(bool destructive)
    {
        var inner = DispatchProxy.Create<IStackControl, Recording>();
        var description = StackFile.Read(Files.Golden("stack.json")) with { Destructive = destructive };
        return (ProtectedControl.Of(description, inner), ((Recording)inner).Reached);
    }

    private static void Invoke(IStackControl control, string call)
    {
        var method = typeof(IStackControl).GetMethod(call)!;
        method.Invoke(control, BindingFlags.DoNotWrapExceptions, null, [.. method.GetParameters().Select(ArgumentOf)], null);
    }

    private static object? ArgumentOf(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(StackInstance) => Node,
        var type when type == typeof(IReadOnlyList<string>) => new[] { "sh" },
        { IsValueType: true } type => Activator.CreateInstance(type),
        _ => null,
    };

    /// <summary>A control that notes what reaches it.</summary>
    public class Recording : DispatchProxy
    {
        public List<string> Reached { get; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Reached.Add(targetMethod!.Name);
            return null;
        }
    }
}
