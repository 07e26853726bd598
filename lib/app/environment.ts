// Settings of an app from environment variables, for the default app and for apps that are configured the
// same way.
import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Check } from '../core/check';

/**
 * Reads environment variables into typed values. An invalid value is reported with the app's other problems,
 * by the variable's name.
 *
 * @example
 * const environment = new RegistryEnvironment(app);
 * const size = environment.size('REGISTRY_PVC_SIZE') ?? Size.gibibytes(10);
 * new Registry(chart, 'registry', {
 *   host: environment.text('REGISTRY_HOST'),
 *   storage: { backend: StorageBackend.newClaim({ size }) },
 * });
 */
export class RegistryEnvironment extends Construct {
  private readonly check: Check;

  /**
   * @param scope the app
   * @param id an id that is unique in the scope. Default: `environment`
   */
  constructor(scope: Construct, id: string = 'environment') {
    super(scope, id);
    this.check = new Check(this);
  }

  /**
   * A string.
   *
   * @param variable the variable's name
   * @returns the string, or undefined if it is unset. An empty value is an error
   */
  public text(variable: string): string | undefined {
    const value = process.env[variable];
    if (value !== '') return value;
    this.check.report('variable-empty', variable);
    return undefined;
  }

  /**
   * A required string.
   *
   * @param variable the variable's name
   * @returns the string. An unset or empty variable is an error
   */
  public requiredText(variable: string): string {
    const value = process.env[variable];
    if (value !== undefined && value !== '') return value;
    this.check.report('variable-missing', variable, {
      state: value === undefined ? 'not set' : 'set to an empty string',
    });
    // Synthesis fails later; until then, this value is valid for most string props.
    return 'not-set';
  }

  /**
   * A boolean.
   *
   * @param variable the variable's name
   * @returns true for `true`, false for `false`, or undefined if it is unset. Any other value is an error
   */
  public flag(variable: string): boolean | undefined {
    const value = this.text(variable);
    if (value === undefined || value === 'true' || value === 'false')
      return value === undefined ? undefined : value === 'true';
    this.check.report('variable-not-boolean', variable, { value });
    return undefined;
  }

  /**
   * A size with its unit, `10Gi` for example.
   *
   * @param variable the variable's name
   * @returns the size, or undefined if it is unset. Any other value is an error
   */
  public size(variable: string): Size | undefined {
    const value = this.text(variable);
    if (value === undefined) return undefined;
    const [, amount, unit] = /^(\d+)([KMGTP]i)$/.exec(value) ?? [];
    if (amount && unit && Number(amount) > 0) return UNITS[unit]?.(Number(amount));
    this.check.report('variable-not-a-size', variable, {
      value,
      example: `${/^\d+$/.test(value) && Number(value) > 0 ? value : '10'}Gi`,
    });
    return undefined;
  }
}

const UNITS: Readonly<Record<string, (amount: number) => Size>> = {
  Ki: Size.kibibytes,
  Mi: Size.mebibytes,
  Gi: Size.gibibytes,
  Ti: Size.tebibytes,
  Pi: Size.pebibyte,
};
