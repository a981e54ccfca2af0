using System.Text;

namespace Verification.Observability;

/// <summary>Lines of a log in which a secret slips through, in the forms in which programs let one.</summary>
/// <param name="word">A word that stands in each line, by which it is found.</param>
/// <param name="secret">The secret.</param>
/// <param name="trace">The trace id of those that are objects.</param>
public sealed class SlippedSecrets(string word, string secret, string trace)
{
    /// <summary>How many forms there are.</summary>
    public static int Forms { get; } = new SlippedSecrets("", "", "").All.Count;

    /// <summary>One line in each form.</summary>
    public IReadOnlyList<string> All => [.. Texts, .. Objects, .. Refused];

    /// <summary>JSON that a trace id has: it is found by that, whatever was masked.</summary>
    public IReadOnlyList<string> Objects =>
        [
            $$$"""{"Message":"{{{word}}} settings","State":{"DBPASS":"{{{secret}}}","REDISPASSWORD":"{{{secret}}}"},"trace_id":"{{{trace}}}"}""",
            $$"""{"Message":"{{word}} body {\"user\":\"sportbuff\",\"password\":\"{{secret}}\"}","trace_id":"{{trace}}"}""",
            $$"""{"Message":"{{word}} array","passwords":["{{secret}}","b"],"trace_id":"{{trace}}"}""",
            $$$"""{"Message":"{{{word}}} object","credentials":{"user":"x","value":"{{{secret}}}"},"trace_id":"{{{trace}}}"}""",
            $$"""{"Message":"{{word}} password=a\u002B{{secret}}","trace_id":"{{trace}}"}""",
        ];

    /// <summary>JSON that looks as if there were a secret in it, and there is none.</summary>
    /// <param name="word">A word that stands in each line.</param>
    /// <param name="trace">Their trace id.</param>
    public static IReadOnlyList<string> Harmless(string word, string trace) =>
        [
            $$"""{"Message":"{{word}} Enter password:","trace_id":"{{trace}}"}""",
            $$"""{"Message":"{{word}} Unexpected token: 'x' at 3","trace_id":"{{trace}}"}""",
        ];

    private IReadOnlyList<string> Texts =>
        [
            $"{word} password={secret}",
            $"{word} Password: {secret}",
            $"{word} Server=mysql;Port=3306;User ID=sportbuff;Password={secret};Database=sportbuff",
            $"{word} Server=mysql;Uid=sportbuff;Pwd={secret};Database=sportbuff",
            $"{word} connecting to redis://:{secret}@redis-node-0:6379/0",
            $"{word} connecting to mysql://sportbuff:{secret}@mysql:3306/sportbuff",
            $"{word} MQPASSWORD={secret} MQHOST=activemq",
            $"{word} DBPASS='{secret}'",
            $"{word} CONNECT login:sportbuff passcode:{secret}",
            $"{word} Authorization: Bearer {secret}",
            $"{word} authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))}",
            $"{word} CREATE USER sportbuff IDENTIFIED BY '{secret}'",
            $"{word} mysql --user=sportbuff --password {secret}",
            $"{word} requirepass {secret}",
            $"{word} <password>{secret}</password>",
            $"{word} GET /?api_key={secret}&page=1",
            $"{word} password=a,{secret}",
            $"{word} password=a){secret}&b",
            $@"{word} password=Ab9\u002B{secret}",
            $"{word} user[password]={secret}",
            $"{word} password=b'{secret}'",
            $"{word} password=x,secret=\"y {secret}\"",
            $$"""{"Message":"{{word}} cut short","password":"{{secret}}""",
            $$"""{"Message":"{{word}} no number","passwords":["a","{{secret}}"],"value":NaN}""",
        ];

    // Elasticsearch takes no object for a number.
    private IReadOnlyList<string> Refused => [$$$"""{"Message":"{{{word}}} refused","status":{"code":1},"passwords":["{{{secret}}}"]}"""];
}
