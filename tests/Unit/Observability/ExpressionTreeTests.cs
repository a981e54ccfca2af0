using System.Text.Json;
using Verification.Observability;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed class ExpressionTreeTests
{
    /// <summary>What Prometheus answers for <c>sum(rate(a_total{b="c"}[5m])) / (d{e=~"f|\"g\""} or vector(0))</c>.</summary>
    private const string Tree = """
        {"type":"binaryExpr","op":"/","bool":false,"matching":null,
         "lhs":{"type":"aggregation","op":"sum","grouping":[],"param":null,"without":false,"expr":{"type":"call","func":{"name":"rate"},"args":[
           {"type":"matrixSelector","name":"a_total","range":300000,"offset":0,"matchers":[{"name":"b","type":"=","value":"c"},{"name":"__name__","type":"=","value":"a_total"}]}]}},
         "rhs":{"type":"parenExpr","expr":{"type":"binaryExpr","op":"or",
           "lhs":{"type":"vectorSelector","name":"d","offset":0,"matchers":[{"name":"e","type":"=~","value":"f|\"g\""},{"name":"__name__","type":"=","value":"d"}]},
           "rhs":{"type":"call","func":{"name":"vector"},"args":[{"type":"numberLiteral","val":"0"}]}}}}
        """;

    [Fact]
    public void Each_selector_is_found_with_what_it_asks_of_labels()
    {
        using var document = JsonDocument.Parse(Tree);

        Assert.Equal(["a_total{b=\"c\"}", "d{e=~\"f|\\\"g\\\"\"}"], ExpressionTree.SelectorsOf(document.RootElement));
    }
}
