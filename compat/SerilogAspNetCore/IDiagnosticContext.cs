namespace Serilog;

public interface IDiagnosticContext
{
    void Set(string propertyName, object value, bool destructureObjects = false);

    void SetException(Exception exception);
}
